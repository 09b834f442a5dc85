/** Whether there is room for two panels beside each other. */
const query = matchMedia("(min-width: 861px)");
let isWide = $state(query.matches);
query.addEventListener("change", () => (isWide = query.matches));

export const room = {
  get isWide(): boolean {
    return isWide;
  },
};
