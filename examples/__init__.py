"""Made-up drafts, sound and faulty, each as JSON, XML and workbook."""
