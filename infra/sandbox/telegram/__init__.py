"""Telegram: the Bot API for programs, chats for people."""
