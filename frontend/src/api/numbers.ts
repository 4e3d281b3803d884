export type {
  NumberedKindOut as NumberedKind,
  ReservedOut as ReservedNumber,
} from "./generated/company/types.gen";
