import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Attachment } from "../../api/contract";
import { Waiting } from "../../ui/state";
import { FRAME, layOut, pagesOf, scaleDown } from "./documents";
import { bytesOf } from "./viewing";
import { OtherView } from "./views";
import "./words";

interface DocumentProps {
  file: Attachment;
  onClose: () => void;
}

/** A Word document in a frame that runs nothing: its looks stay inside and ours outside. */
export function DocumentView({ file, onClose }: DocumentProps) {
  const { t } = useTranslation("attachments");
  const frame = useRef<HTMLIFrameElement>(null);
  const [ready, setReady] = useState(false);
  const pages = useQuery({
    queryKey: ["attachment", file.id, "document"],
    staleTime: Number.POSITIVE_INFINITY,
    // Elements live in one place only, and are heavy.
    gcTime: 0,
    structuralSharing: false,
    retry: false,
    queryFn: async ({ signal }) => {
      const { bytes } = await bytesOf(file.id, file.size, signal);
      return pagesOf(bytes);
    },
  });

  useEffect(() => {
    const held = frame.current;
    if (!ready || !held || !pages.data) return;
    layOut(held, pages.data);
    const again = () => scaleDown(held);
    window.addEventListener("resize", again);
    return () => window.removeEventListener("resize", again);
  }, [ready, pages.data]);
  useEffect(() => {
    const held = ready ? frame.current?.contentDocument : null;
    const press = (event: KeyboardEvent) => {
      if (event.key === "Escape") onClose();
    };
    held?.addEventListener("keydown", press);
    return () => held?.removeEventListener("keydown", press);
  }, [ready, onClose]);

  if (pages.isError) return <OtherView file={file} reason={t("notRead")} />;
  return (
    <>
      {!pages.data && <Waiting rows={8} />}
      <iframe
        ref={frame}
        className="viewer-pdf"
        hidden={!pages.data}
        title={t("documentOf", { name: file.name })}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        srcDoc={FRAME}
        onLoad={() => setReady(true)}
        data-testid="viewer-document"
      />
    </>
  );
}
