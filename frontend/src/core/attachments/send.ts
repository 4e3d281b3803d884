import { i18next } from "../../ui/texts";
import "./words";

/** Put the bytes straight into the storage by the presigned address, with progress. */
export function sendBytes(
  file: Blob,
  upload: { url: string; method: string; headers: Record<string, string> },
  onProgress: (share: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(upload.method, upload.url);
    for (const [name, value] of Object.entries(upload.headers)) xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    xhr.onload = () => {
      if (xhr.status >= 200 && xhr.status < 300) resolve();
      else reject(new Error(i18next.t("attachments:storage", { status: xhr.status })));
    };
    xhr.onerror = () => reject(new Error(i18next.t("attachments:network")));
    xhr.send(file);
  });
}
