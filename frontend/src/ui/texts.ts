import i18next, { type PostProcessorModule, type ResourceNamespaceMap } from "i18next";
import { initReactI18next } from "react-i18next";
import { innerQuotes } from "./quotes";

/** Names come into sentences with quotation marks of their own: «ООО „Ромашка“». */
const quotes: PostProcessorModule = {
  type: "postProcessor",
  name: "quotes",
  process: innerQuotes,
};

/**
 * The one translation engine. Each module declares its namespace in i18next's open
 * `ResourceNamespaceMap` and hands its catalogue over with `addTexts`.
 */
void i18next
  .use(initReactI18next)
  .use(quotes)
  .init({
    lng: "ru",
    fallbackLng: "ru",
    resources: {},
    initAsync: false,
    interpolation: { escapeValue: false },
    postProcess: quotes.name,
  });

/** Make a module's Russian sentences known under its own namespace. */
export function addTexts<N extends keyof ResourceNamespaceMap & string>(
  namespace: N,
  catalogue: ResourceNamespaceMap[N],
): void {
  i18next.addResourceBundle("ru", namespace, catalogue);
}

export { i18next };
