import type {
  ApprovalListOut,
  ConditionOut,
  DecidedOut,
  FigureOut,
  MineOut,
  OfferedOut,
  PerformerShape,
  PersonOut,
  QuestionOut,
  ReplayOut,
  RoutedKindOut,
  RouteLineOut,
  RouteOut,
  RouteVersionOut,
  RunOut,
  SchemeShape,
  StageShape,
  StripOut,
  StripPersonOut,
  StripStageOut,
  TriedStageOut,
} from "./generated/company/types.gen";

/** Routes along which cards go: the strip of a card, what is decided on it, how routes are set up. */
export type Strip = Omit<StripOut, "run"> & { run: Run | null };
export type Run = Omit<RunOut, "stages"> & { stages: StripStage[] };
export type StripStage = Omit<StripStageOut, "people"> & { people: StripPerson[] };
/** What a void decision was made on, beside what stands now. */
export type StripPerson = StripPersonOut & {
  changes?: { title: string; old: string | null; new: string | null }[];
};
export type Mine = MineOut;
export type Verdict = MineOut["verdicts"][number];
export type Question = QuestionOut;
/** Some routes ask the sender whom to send to; lists of people are offered for that. */
export type Offered = Omit<OfferedOut, "results"> & {
  results: (OfferedOut["results"][number] & { picks?: boolean })[];
  lists?: { id: number; title: string; people: PersonOut[] }[];
};
export type TriedStage = TriedStageOut;
export type Decided = DecidedOut;
export type RouteLine = RouteLineOut;
export type Route = RouteOut;
export type RouteVersion = RouteVersionOut;
export type RoutedKind = RoutedKindOut;
export type ToldScheme = SchemeShape;
export type ToldStage = StageShape;
export type ToldPerformer = PerformerShape;
export type ApprovalList = ApprovalListOut;
export type Condition = ConditionOut;
export type Replay = ReplayOut;
export type Figure = FigureOut;
