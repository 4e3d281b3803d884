"""Chats of people with the bot: tied, let go, and what is pressed in them."""
