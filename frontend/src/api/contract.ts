import type {
  ActionOut,
  AttachmentOut,
  BriefOut,
  CardFieldOut,
  CardFieldsOut,
  CardKindList,
  CardKindOut,
  CardTagsOut,
  CardTypeOut,
  ChecklistOut,
  CommentOut,
  CompanyOut,
  CountsOut,
  DepartmentOut,
  EmployeeCardOut,
  EmployeeOut,
  FieldOut,
  HistoryLineOut,
  HomeOut,
  HomeRowOut,
  InvitationFace,
  InvitationLine,
  InvitedLine,
  LinkOut,
  LinksOut,
  MenuLine,
  MeOut,
  ModuleOut,
  OptionIn,
  PermissionOut,
  PersonOut,
  PointFieldsRequest,
  PointOut,
  PositionOut,
  ReaderOut,
  ReadersOut,
  RoleOut,
  RowOut,
  SaidOut,
  SectionOut,
  SessionLine,
  StateOut,
  SwitchOut,
  TagOut,
  TaskOut,
  TotpOut,
  TotpSetupOut,
  TrashRowOut,
  TrialOut,
  UploadOut,
} from "./generated/company/types.gen";

/** The words of the screens for the shapes of the server; the shapes themselves are generated. */

export interface Page<T> {
  results: T[];
  next: string | null;
}

export type Person = PersonOut;
export type Me = MeOut;
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
export type TaskListRow = RowOut;
export type TaskCard = TaskOut;
export type TaskCounts = CountsOut;
export type Passage = SwitchOut;
export type Brief = BriefOut;
export type Checklist = ChecklistOut;
export type Point = PointOut;
export type PointFields = PointFieldsRequest;
export type CardLink = LinkOut;
export type CardLinks = LinksOut;
export type Reader = ReaderOut;
export type Readers = ReadersOut;
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

/** What every card of every module carries. */
export type CardBase = Pick<
  RowOut,
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
