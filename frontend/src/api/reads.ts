import type { ReadKindOut, ReadOut, ReadsOut } from "./generated/company/types.gen";

/** The log of reads: who has looked at what is sensitive. */
export type ReadLine = ReadOut;
export type ReadsPage = ReadsOut;
export type ReadSort = ReadKindOut;
