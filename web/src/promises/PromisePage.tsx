export function PromisePage() {
	return null;
}
