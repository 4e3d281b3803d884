import type {
  PrintNamesOut,
  PrintTemplateOut,
  PrintTemplatePage,
} from "./generated/company/types.gen";

/** Print forms in the words of the screens; the shapes themselves are generated. */
export type PrintForm = PrintTemplateOut;
export type PrintForms = PrintTemplatePage;
export type PrintNames = PrintNamesOut;
