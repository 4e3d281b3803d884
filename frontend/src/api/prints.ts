import type {
  CheckedMarkOut,
  CheckedTemplateOut,
  FacsimileOut,
  FacsimilesOut,
  PrintNamesOut,
  PrintTemplateOut,
  PrintTemplatePage,
} from "./generated/company/types.gen";

/** Print forms in the words of the screens; the shapes themselves are generated. */
export type PrintForm = PrintTemplateOut;
export type PrintForms = PrintTemplatePage;
export type PrintNames = PrintNamesOut;

/** A form looked through on a real card: each of its places with what will stand there. */
export type CheckedForm = CheckedTemplateOut;
export type CheckedPlace = CheckedMarkOut;

/** Pictures of the company's stamp and of one's own signature. */
export type Facsimile = FacsimileOut;
export type Facsimiles = FacsimilesOut;
