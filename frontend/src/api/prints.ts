/** Print forms as the server tells of them (`core/templates`). */

export interface PrintForm {
  id: number;
  kind: string;
  card_type: string;
  title: string;
  file_name: string;
  /** What it can be given as: `pdf`, `docx`, `xlsx`, `html`. */
  formats: string[];
  /** Names in it that stand for nothing. */
  unknown: string[];
  is_archived: boolean;
  version: number;
}

export interface PrintForms {
  results: PrintForm[];
  next: string | null;
}

export interface PrintName {
  name: string;
  sort_title: string;
  example: string;
}

export interface PrintNames {
  results: PrintName[];
  filters: { name: string; hint: string }[];
}
