import type {
  CaseOut,
  CasesOut,
  MorpherOut,
  WordingOut,
  WordingPage,
} from "./generated/company/types.gen";

/** Words in cases, in the words of the screens; the shapes themselves are generated. */
export type WordCase = CaseOut;
export type WordCases = CasesOut;
export type Wording = WordingOut;
export type Wordings = WordingPage;
export type Morpher = MorpherOut;
