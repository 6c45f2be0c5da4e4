"""The pages declarants work with: questions, audits, common problems and the reference.

Every page is made here from templates and data of this package; none needs a script to be read.
"""
