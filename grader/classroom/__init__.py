"""A class: what it handed in, its grades, and what they say.

handin     the frozen values that travel: Student, HandIn, Graded
intake     a folder or zip, as learning systems hand it out -> HandIn
store      SQLite: what has been graded, and under which suite and seed
batch      HandIn -> Graded: all cores, or a cluster; nothing lost
marks      Graded -> points: late policy, dropped exercises
outputs    all that comes out, through one function: write
gradebook  tables: grades.csv, and files that Canvas and Moodle import
feedback   one folder a student, and zips that Canvas and Moodle take back
beliefs    misconceptions, by how many students hold them
similar    files that are alike: a hint, never a verdict
page       one page for the instructor: what the class believes
"""
