"""What the message interface of the Single Window fixes once and for all (DecMessage v4)."""

ROOT = "DecMessage"
NAMESPACE = "http://www.chinaport.gov.cn/dec"
VERSION = "4"
BLANK = "9"
"""The character of the confirmation string where nothing is confirmed."""
