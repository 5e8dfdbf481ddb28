"""Many drafts at once: what a team keeps in folders, spreadsheets and exports."""
