"""A class: what it handed in, its grades, and what they say.

handin     the frozen values that travel: Student, HandIn, Graded
intake     a folder or zip, as learning systems hand it out -> HandIn
store      SQLite: what has been graded, and under which suite and seed
batch      HandIn -> Graded: all cores, or a cluster; nothing lost
marks      Graded -> points: late policy, dropped exercises
gradebook  files that Canvas and Moodle import
feedback   one page a student
page       one page for the instructor: what the class believes
"""
