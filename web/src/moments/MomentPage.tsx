export function MomentPage() {
	return null;
}
