import i18next, { type ResourceNamespaceMap } from "i18next";
import { initReactI18next } from "react-i18next";

/**
 * The one translation engine. Each module declares its namespace in i18next's open
 * `ResourceNamespaceMap` and hands its catalogue over with `addTexts`.
 */
void i18next.use(initReactI18next).init({
  lng: "ru",
  fallbackLng: "ru",
  resources: {},
  initAsync: false,
  interpolation: { escapeValue: false },
});

/** Make a module's Russian sentences known under its own namespace. */
export function addTexts<N extends keyof ResourceNamespaceMap & string>(
  namespace: N,
  catalogue: ResourceNamespaceMap[N],
): void {
  i18next.addResourceBundle("ru", namespace, catalogue);
}

export { i18next };
