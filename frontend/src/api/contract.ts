/** Shapes of the company's API; the words are the server's own. */

export interface Page<T> {
  results: T[];
  next: string | null;
}

export interface Person {
  id: number;
  name: string;
  full_name: string;
  initials: string;
  photo_url: string | null;
  is_active: boolean;
}

export interface CompanyBrand {
  slug: string;
  name: string;
  accent: string | null;
  logo_url: string | null;
}

export interface AuthState {
  company: CompanyBrand;
  signed_in: boolean;
  /** Absent for strangers: only a session has one. */
  csrf_token: string | null;
}

export interface MenuEntry {
  code: string;
  title: string;
  icon: string;
  group: string;
  route: string;
  count: number | null;
}

export interface Me {
  id: number;
  full_name: string;
  name: string;
  initials: string;
  email: string;
  email_verified?: boolean;
  photo_url: string | null;
  company: CompanyBrand & { time_zone: string };
  permissions: Record<string, string>;
  is_admin: boolean;
  modules: { code: string; title: string; icon: string; group: string; enabled: boolean }[];
  menu: MenuEntry[];
  csrf_token: string | null;
}

export interface CardAction {
  code: string;
  title: string;
  kind: "primary" | "default" | "danger";
  needs_text: boolean;
}

/** What every card of every module carries. */
export interface CardBase {
  id: number;
  ref: string;
  number: string | null;
  title: string;
  status: string;
  status_title: string;
  state: "open" | "done" | "cancelled";
  created_at: string;
  changed_at: string;
  version: number;
}

export interface Comment {
  id: number;
  author: Person;
  text: string;
  mentions: Person[];
  created_at: string;
  edited_at: string | null;
  is_mine: boolean;
}

export interface Attachment {
  id: number;
  name: string;
  size: number;
  content_type: string;
  state: "uploading" | "checking" | "ready" | "rejected";
  reason?: string | null;
  version: number;
  author: Person;
  created_at: string;
  url: string | null;
}

export interface UploadTicket {
  id: number;
  upload: { url: string; method: "PUT"; headers: Record<string, string> };
}

export interface HistoryEntry {
  id: number;
  kind: string;
  title: string;
  actor: Person | null;
  on_behalf_of: Person | null;
  door: string;
  at: string;
  changes: { field: string; label: string; old: unknown; new: unknown }[];
}

export interface Titled {
  id: number;
  title: string;
}

export interface RoleName {
  code: string;
  title: string;
}

export interface Employee {
  id: number;
  name: string;
  initials: string;
  full_name: string;
  last_name: string;
  first_name: string;
  middle_name: string;
  email: string;
  phone: string;
  position: Titled | null;
  department: Titled | null;
  manager: Person | null;
  roles: RoleName[];
  is_active: boolean;
  hired_on: string | null;
  photo_url: string | null;
  version: number;
  /** On the card only: names of fields that may be changed, and two deeds. */
  can?: { edit: string[]; block: boolean; roles: boolean };
}

export interface Department extends Titled {
  parent: number | null;
  path: string;
  head: Person | null;
  employees_count: number;
}

export interface Role extends RoleName {
  is_system: boolean;
  can_change: boolean;
  grants: { permission: string; scope: string }[];
  employees_count: number;
}

export interface Permission {
  code: string;
  title: string;
  group: string;
  scopes: string[];
}

export interface Invitation {
  id: number;
  kind: "mail" | "link";
  email: string | null;
  url: string | null;
  role: RoleName | null;
  department: Titled | null;
  created_at: string;
  expires_at: string;
  is_expired: boolean;
}

/** What became of one address: a letter, another letter, or nothing because the person is here already. */
export interface Invited {
  email: string;
  outcome: "sent" | "again" | "member";
}

export interface CompanySettings extends CompanyBrand {
  time_zone: string;
  inn: string;
  version: number;
}

export interface ModuleSwitch {
  code: string;
  title: string;
  description: string;
  icon: string;
  group: string;
  depends: string[];
  required_by: string[];
  enabled: boolean;
  can_switch: boolean;
}

export interface SessionEntry {
  id: number | string;
  kind: "browser" | "token";
  name: string;
  user_agent: string;
  ip: string;
  created_at: string;
  last_seen_at: string | null;
  expires_at: string | null;
  current: boolean;
}

export interface TrashEntry {
  ref: string;
  kind_title: string;
  title: string;
  trashed_at: string;
  trashed_by: Person | null;
}
