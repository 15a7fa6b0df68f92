"""Telegram channels by account where there is one, else by their preview page."""
