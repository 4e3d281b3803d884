import type {
  ApprovalListOut,
  ConditionOut,
  DecidedOut,
  FigureOut,
  MineOut,
  OfferedOut,
  PerformerShape,
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
export type Strip = StripOut;
export type Run = RunOut;
export type StripStage = StripStageOut;
export type StripPerson = StripPersonOut;
export type Mine = MineOut;
export type Verdict = MineOut["verdicts"][number];
export type Question = QuestionOut;
export type Offered = OfferedOut;
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
