export function MomentsPage() {
	return null;
}
