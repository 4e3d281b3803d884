/** The worker stands alone: it has neither the catalogues of the pages nor their library. */
export const words = {
  title: "Пульт",
  text: "Есть новое: откройте колокольчик.",
} as const;
