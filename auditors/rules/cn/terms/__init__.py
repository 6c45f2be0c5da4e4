"""Rules on terms of delivery, freight, insurance and other charges."""
