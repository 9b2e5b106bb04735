"""What was answered to a survey, as tables that may be read by whoever reads them: one list, two lists crossed, two waves side by side."""
