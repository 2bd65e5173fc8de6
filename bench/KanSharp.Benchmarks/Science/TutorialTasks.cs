namespace KanSharp.Benchmarks.Science;

/// <summary>The formulas of pykan's tutorials and of the interpretable examples of the KAN paper (arXiv 2404.19756, figure 4.1), with the errors that its notebooks show.</summary>
internal static class TutorialTasks
{
    // Young's modulus 1, Poisson's ratio 0.2
    private const string Mu = "(1/2.4)", Lambda = "(0.2/0.72)";

    private static readonly (string Name, double Low, double High)[] Gradient =
    [
        ("F11", 0.8, 1.2), ("F12", -0.2, 0.2), ("F13", -0.2, 0.2), ("F21", -0.2, 0.2), ("F22", 0.8, 1.2), ("F23", -0.2, 0.2), ("F31", -0.2, 0.2), ("F32", -0.2, 0.2), ("F33", 0.8, 1.2),
    ];

    public static IReadOnlyList<FormulaTask> All { get; } =
    [
        new("product", "x*y", "2,[0,1],1", 1.4e-16, ("x", -1, 1), ("y", -1, 1)),
        new("quotient", "x/y", "2,1,1", double.NaN, ("x", 0.5, 2), ("y", 0.5, 2)),
        new("relativistic-addition", "(u+v)/(1+u*v)", "2,1,1", 2e-6, ("u", -0.9, 0.9), ("v", -0.9, 0.9)),
        new("bessel", "exp(J0(20*x)+y^2)", "2,1,1", double.NaN, ("x", -1, 1), ("y", -1, 1)),
        new("phase-transition", "tanh(5*(a^4+b^4+c^4-1))", "3,1,1", double.NaN, ("a", -1, 1), ("b", -1, 1), ("c", -1, 1)),
        new("distance", "sqrt((a-b)^2+(c-d)^2)", "4,2,1,1", double.NaN, ("a", -1, 1), ("b", -1, 1), ("c", -1, 1), ("d", -1, 1)),
        new("neo-hookean P11", $"{Mu}*(F11^2+F21^2+F31^2-1)+{Lambda}*log(J)", "10,1", 2.9e-11, Gradient)
        {
            Derived = [("J", "F11*(F22*F33-F23*F32)-F12*(F21*F33-F23*F31)+F13*(F21*F32-F22*F31)")],
        },
        new("neo-hookean P12", $"{Mu}*(F11*F12+F21*F22+F31*F32)", "9,[0,3],1", 6.8e-9, Gradient),
        new("linear P12", $"{Mu}*(F12+F21)", "9,1", double.NaN, Gradient),
        new("linear P11", $"2*{Mu}*(F11-1)+{Lambda}*(F11+F22+F33-3)", "9,1", double.NaN, Gradient),
        new("relativistic-mass", "m/sqrt(1-v^2/c^2)", "3,1,1", double.NaN, ("m", 1, 5), ("v", 1, 2), ("c", 3, 10)),
        new("relativistic-lagrangian", "-sqrt(1-v^2)", "1,1", double.NaN, ("v", -0.9, 0.9)),
    ];
}
