graph [ directed 0 node [ id 0 label "a" dept "it" susceptibility 0.5 ] node [ id 1 label "b &amp; c" ] edge [ source 0 target 1 weight 2 ] ]
