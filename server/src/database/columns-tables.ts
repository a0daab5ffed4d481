/**
 * The tables whose rows belong to a workspace and a unit. Views read through them and need no entry. A table missing here
 * could be read without a scope, so a test compares this list with what the migrations make.
 */
export const scopedTables: readonly string[] = ['interactions', 'feedback', 'verdicts'];
