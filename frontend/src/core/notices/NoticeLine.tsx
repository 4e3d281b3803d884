import { Link } from "@tanstack/react-router";
import type { Notice } from "../../api/contract";
import { nearText } from "../../ui/format";
import { readOne } from "./notices";

interface NoticeLineProps {
  notice: Notice;
  onOpen?: () => void;
}

/** What happened, why I hear of it, when; leads to the card. */
export function NoticeLine({ notice, onOpen }: NoticeLineProps) {
  const open = () => {
    if (!notice.read_at) void readOne(notice);
    onOpen?.();
  };
  const body = (
    <>
      <span className="notice-dot" aria-hidden />
      <span className="notice-words">
        <span className="notice-subject">{notice.subject}</span>
        <span className="notice-about">
          {notice.reason && <span>{notice.reason} · </span>}
          <time dateTime={notice.at} className="num">
            {nearText(notice.at)}
          </time>
        </span>
      </span>
    </>
  );
  const className = notice.read_at ? "notice-line" : "notice-line unread";
  return (
    <li data-testid="notice" data-unread={!notice.read_at}>
      {notice.link ? (
        <Link to={notice.link as never} className={className} onClick={open}>
          {body}
        </Link>
      ) : (
        <button type="button" className={className} onClick={open}>
          {body}
        </button>
      )}
    </li>
  );
}
