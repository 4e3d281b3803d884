import type { Attachment, UploadTicket } from "../../api/contract";
import { get, post } from "../../api/request";
import { i18next } from "../../ui/texts";
import { sendBytes } from "./send";

const LOOK_AGAIN_MS = 400;
const LOOKS = 50;

/** The check takes a moment; only a checked file can become somebody's face. */
async function checked(file: Attachment): Promise<Attachment> {
  let now = file;
  for (let look = 0; now.state === "checking" && look < LOOKS; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    now = await get<Attachment>(`attachments/${now.id}/`);
  }
  if (now.state === "ready") return now;
  throw new Error(now.reason ?? i18next.t("attachments:rejectedPlain"));
}

/** Send one file to where the path says and give back its number once it may be used: a photo. */
export async function sendOne(path: string, file: File): Promise<number> {
  const ticket = await post<UploadTicket>(path, {
    name: file.name,
    size: file.size,
    content_type: file.type || "application/octet-stream",
  });
  await sendBytes(file, ticket.upload, () => undefined);
  return (await checked(await post<Attachment>(`attachments/${ticket.id}/complete/`))).id;
}
