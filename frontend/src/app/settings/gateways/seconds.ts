/** How long a service took, for people: «0,3». */
export const secondsText = (ms: number): string =>
  new Intl.NumberFormat("ru", { maximumFractionDigits: ms < 10_000 ? 1 : 0 }).format(
    Math.max(ms, 100) / 1000,
  );
