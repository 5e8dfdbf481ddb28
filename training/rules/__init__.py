"""How often each rule fires, and how often it is right, on drafts whose remarks were judged one by one."""
