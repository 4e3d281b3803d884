import type {
  ActionOut,
  AssignmentsLineOut,
  AssignmentsOut,
  AttachmentOut,
  BriefOut,
  BulkOut,
  CardFieldOut,
  CardFieldsOut,
  CardKindList,
  CardKindOut,
  CardNoticesOut,
  CardTagsOut,
  CardTypeOut,
  ChatLinkOut,
  ChatOut,
  ChecklistOut,
  CommentOut,
  CompanyOut,
  CompletionOut,
  CountsOut,
  DepartmentOut,
  DueRequestOut,
  EmployeeCardOut,
  EmployeeOut,
  ExchangeOut,
  ExplanationOut,
  ExportOut,
  FieldOut,
  FixedCellOut,
  ForecastOut,
  GatewayOut,
  GroupOut,
  HistoryLineOut,
  HitOut,
  HomeOut,
  HomeRowOut,
  ImportKindOut,
  ImportOut,
  ImportRowOut,
  InvitationFace,
  InvitationLine,
  InvitedLine,
  KindOut,
  LimitableKindOut,
  LinkOut,
  LinksOut,
  MenuLine,
  MeOut,
  ModuleOut,
  MoveOut,
  NoticeOut,
  NoticesOut,
  NumberingOut,
  OccurrenceOut,
  OccurrencesOut,
  OptionIn,
  PermissionOut,
  PersonOut,
  PhraseOut,
  PhrasePieceOut,
  PieceOut,
  PlanInRequest,
  PointFieldsRequest,
  PointOut,
  PolicyOut,
  PositionOut,
  ProblemOut,
  ReaderOut,
  ReadersOut,
  RecurrenceInRequest,
  RecurrenceOut,
  RightsOut,
  RoleOut,
  RulesOut,
  SaidOut,
  SearchOut,
  SectionOut,
  SeerOut,
  SendingOut,
  SessionLine,
  ShownFieldOut,
  StateOut,
  SubtasksOut,
  SummaryOut,
  SwitchOut,
  TagOut,
  TaskOut,
  TaskRowOut,
  TemplateOut,
  TemplateRowOut,
  TimeOut,
  TimesOut,
  TotpOut,
  TotpSetupOut,
  TrashRowOut,
  TrialOut,
  UploadOut,
  ViewOut,
  ViewsOut,
  WaitingActionOut,
  WaitingLineOut,
  WaitingOut,
  WaitingPageOut,
  WaitingSectionOut,
  WishesOut,
  WorkloadLineOut,
  WorkloadOut,
} from "./generated/company/types.gen";

/** The words of the screens for the shapes of the server; the shapes themselves are generated. */

export interface Page<T> {
  results: T[];
  next: string | null;
}

export type Person = PersonOut;
export type Me = MeOut;
export type Numbering = NumberingOut;
export type AuthState = StateOut;
export type MenuEntry = MenuLine;
export type CardAction = ActionOut;
/** The text is drawn by the page itself, so ready-made markup is not taken. */
export type Comment = Omit<CommentOut, "html">;
export type Said = Omit<SaidOut, "html">;
export type Attachment = AttachmentOut;
export type UploadTicket = UploadOut;
export type HistoryEntry = HistoryLineOut;
export type Employee = EmployeeOut;
export type EmployeeCard = EmployeeCardOut;
export type Department = DepartmentOut;
export type Position = PositionOut;
export type Role = RoleOut;
export type CardFieldsOfKind = LimitableKindOut;
export type Seer = SeerOut;
export type Explanation = ExplanationOut;
export type Rights = RightsOut;
export type Permission = PermissionOut;
export type Invitation = InvitationLine;
export type Invited = InvitedLine;
export type Invite = InvitationFace;
export type CompanySettings = CompanyOut;
export type ModuleSwitch = ModuleOut;
export type SessionEntry = SessionLine;
export type TrashEntry = TrashRowOut;
export type Totp = TotpOut;
export type TotpSetup = TotpSetupOut;
export type Home = HomeOut;
export type HomeSection = SectionOut;
export type HomeRow = HomeRowOut;
export type TaskListRow = TaskRowOut;
export type TaskCard = TaskOut;
export type TaskCounts = CountsOut;
export type DueRequest = DueRequestOut;
export type Subtasks = SubtasksOut;
export type TimeEntry = TimeOut;
export type TimePage = TimesOut;
export type TaskRules = RulesOut;
export type Phrase = PhraseOut;
export type Piece = PhrasePieceOut;
export type Queue = WaitingOut;
export type QueueSection = WaitingSectionOut;
export type QueuePage = WaitingPageOut;
export type QueueLine = WaitingLineOut;
export type QueueAction = WaitingActionOut;
export type Assignments = AssignmentsOut;
export type AssignmentsLine = AssignmentsLineOut;
export type BoardMove = MoveOut;
export type Workload = WorkloadOut;
export type WorkloadLine = WorkloadLineOut;
export type WorkloadSpan = WorkloadOut["spans"][number];
export type WorkloadLoad = WorkloadLineOut["loads"][number];
export type Passage = SwitchOut;
export type Brief = BriefOut;
export type Checklist = ChecklistOut;
export type Point = PointOut;
export type PointFields = PointFieldsRequest;
export type CardLink = LinkOut;
export type CardLinks = LinksOut;
export type Reader = ReaderOut;
export type Readers = ReadersOut;
export type SearchPiece = PieceOut;
export type SearchHit = HitOut;
export type SearchAnswer = SearchOut;
export type CardFields = CardFieldsOut;
export type CardTags = CardTagsOut;
export type Tag = TagOut;
export type CardFieldValue = CardFieldOut;
export type CardKinds = CardKindList;
export type CardKindSettings = CardKindOut;
export type CardType = CardTypeOut;
export type FieldSettings = FieldOut;
export type FieldOption = OptionIn;
export type FormulaTrial = TrialOut;

export type ShownField = ShownFieldOut;

/** Views that people keep of lists, figures of lists. */
export type SavedView = ViewOut;
export type SavedViews = ViewsOut;
export type Summary = SummaryOut;
export type BulkAnswer = BulkOut;
export type SummaryGroup = GroupOut;

/** What every card of every module carries. */
export type CardBase = Pick<
  HomeRowOut,
  | "id"
  | "ref"
  | "number"
  | "title"
  | "status"
  | "status_title"
  | "state"
  | "created_at"
  | "changed_at"
  | "version"
>;

/** Notices: the bell, what has gone out, wishes of a person and of the company. */
export type Notice = NoticeOut;
export type Notices = NoticesOut;
export type CardNotices = CardNoticesOut;
export type Sending = SendingOut;
export type Exchange = ExchangeOut;
export type NoticeKind = KindOut;
export type Wishes = WishesOut;
export type Policy = PolicyOut;
export type Chat = ChatOut;
export type ChatLink = ChatLinkOut;
export type Gateway = GatewayOut;

/** Templates that come round: the plan, the look ahead, what came of it. */
export type Recurrence = RecurrenceOut;
export type RecurrenceFields = RecurrenceInRequest;
export type PlanFields = PlanInRequest;
export type Forecast = ForecastOut;
export type Completion = CompletionOut;
export type Occurrence = OccurrenceOut;
export type Occurrences = OccurrencesOut;
export type TemplateListRow = TemplateRowOut;
export type TemplateCard = TemplateOut;
/** Lists in files: written, and made into cards. */
export type Export = ExportOut;
export type Import = ImportOut;
export type ImportRow = ImportRowOut;
export type ImportKind = ImportKindOut;
export type BadRow = ProblemOut;
export type FixedCell = FixedCellOut;
