"""Chats of people with the bot: tied, let go, what is pressed and written in them."""
