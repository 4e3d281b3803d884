import type { Person } from "./contract";
import type {
  CaseFileOut,
  CaseFilesOut,
  DocumentCountsOut,
  DocumentDirection,
  DocumentOut,
  DocumentRowOut,
  DocumentRulesOut,
  DocumentSecrecy,
  DocumentTemplateOut,
  DocumentTemplatesOut,
  DocumentTypesOut,
  ResolutionOut,
  ResolutionsOut,
} from "./generated/company/types.gen";

/** Documents in the words of the screens; the shapes themselves are generated. */

export type DocumentRow = DocumentRowOut;
export type DocumentCard = DocumentOut;
export type DocumentCounts = DocumentCountsOut;
export type DocumentRules = DocumentRulesOut;
export type DocumentTypes = DocumentTypesOut;
export type DocumentTemplate = DocumentTemplateOut;
export type DocumentTemplates = DocumentTemplatesOut;
export type Direction = DocumentDirection;
export type Secrecy = DocumentSecrecy | "";
export type CaseFile = CaseFileOut;
export type CaseFiles = CaseFilesOut;
export type Resolution = ResolutionOut;
export type Resolutions = ResolutionsOut;

/** The online report: how many documents stand where, with whom, and how late. */
export interface DocumentReport {
  types: ReportLine[];
  stages: ReportStage[];
  holders: ReportPerson[];
  people: ReportPerson[];
}

export interface ReportLine {
  code: string;
  title: string;
  /** By codes of states. */
  counts: Record<string, number>;
  total: number;
  late: number;
}

export interface ReportStage {
  /** As the list's filter `stage` takes it. */
  stage: string;
  title: string;
  route: string;
  count: number;
  late: number;
}

export interface ReportPerson {
  person: Person;
  count: number;
  late: number;
}
