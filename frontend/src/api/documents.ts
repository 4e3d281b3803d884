import type {
  CaseFileOut,
  CaseFilesOut,
  DocumentCountsOut,
  DocumentDirection,
  DocumentOut,
  DocumentReportLineOut,
  DocumentReportOut,
  DocumentReportPersonOut,
  DocumentReportStageOut,
  DocumentRowOut,
  DocumentRulesOut,
  DocumentSecrecy,
  DocumentTemplateOut,
  DocumentTemplatesOut,
  DocumentTypesOut,
  FormerLineOut,
  FormerLinesOut,
  MinutesLineOut,
  MinutesLinesOut,
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

/** «Что — кому — когда» in minutes, and how the assignments of the meetings before stand. */
export type MinutesLine = MinutesLineOut;
export type MinutesLines = MinutesLinesOut;
export type FormerLine = FormerLineOut;
export type FormerLines = FormerLinesOut;

/** The online report: how many documents stand where, with whom, and how late. */
export type DocumentReport = DocumentReportOut;
export type ReportLine = DocumentReportLineOut;
export type ReportStage = DocumentReportStageOut;
export type ReportPerson = DocumentReportPersonOut;
