import type {
  ActionOut,
  AttachmentOut,
  BriefOut,
  CardNoticesOut,
  ChatLinkOut,
  ChatOut,
  ChecklistOut,
  CommentOut,
  CompanyOut,
  CountsOut,
  DepartmentOut,
  EmployeeCardOut,
  EmployeeOut,
  ExchangeOut,
  GatewayOut,
  HistoryLineOut,
  HomeOut,
  HomeRowOut,
  InvitationFace,
  InvitationLine,
  InvitedLine,
  KindOut,
  LinkOut,
  LinksOut,
  MenuLine,
  MeOut,
  ModuleOut,
  NoticeOut,
  NoticesOut,
  PermissionOut,
  PersonOut,
  PointFieldsRequest,
  PointOut,
  PolicyOut,
  PositionOut,
  ReaderOut,
  ReadersOut,
  RoleOut,
  RowOut,
  SaidOut,
  SectionOut,
  SendingOut,
  SessionLine,
  StateOut,
  SwitchOut,
  TaskOut,
  TotpOut,
  TotpSetupOut,
  TrashRowOut,
  UploadOut,
  WishesOut,
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
