namespace KanSharp.Benchmarks.Science;

/// <summary>
/// The 27 dimensionless Feynman functions of the KAN paper (arXiv 2404.19756, table 2). The paper gives no ranges; these keep every function finite and
/// smooth. The shapes are the paper's best pruned ones, the errors its best of pruned, unpruned and by hand.
/// </summary>
internal static class FeynmanTasks
{
    public static IReadOnlyList<FormulaTask> All { get; } =
    [
        new("I.6.2", "exp(-t^2/(2*s^2))/sqrt(2*pi*s^2)", "2,2,1,1", 2.86e-5, ("t", -1, 1), ("s", 0.5, 2)),
        new("I.6.2b", "exp(-(t-u)^2/(2*s^2))/sqrt(2*pi*s^2)", "3,2,2,1,1", 4.45e-4, ("t", -1.5, 1.5), ("u", -1.5, 1.5), ("s", 0.5, 2)),
        new("I.9.18", "a/((b-1)^2+(c-d)^2+(e-f)^2)", "6,4,1,1", 1.48e-3, ("a", 0.5, 1.5), ("b", -1, 0.5), ("c", -1, 1), ("d", -1, 1), ("e", -1, 1), ("f", -1, 1)),
        new("I.12.11", "1+a*sin(t)", "2,2,1", 9.13e-4, ("a", -1, 1), ("t", -Math.PI, Math.PI)),
        new("I.13.12", "a*(1/b-1)", "2,2,1", 2.72e-3, ("a", -1, 1), ("b", 0.5, 2)),
        new("I.15.3x", "(1-a)/sqrt(1-b^2)", "2,2,1,1,1", 1.14e-3, ("a", -1, 1), ("b", -0.9, 0.9)),
        new("I.16.6", "(a+b)/(1+a*b)", "2,2,1", 1.06e-3, ("a", -0.9, 0.9), ("b", -0.9, 0.9)),
        new("I.18.4", "(1+a*b)/(1+a)", "2,2,1", 1.50e-4, ("a", 0, 2), ("b", -1, 1)),
        new("I.26.2", "asin(n*sin(t))", "2,2,2,1,1", 7.90e-4, ("n", 0, 0.95), ("t", -1, 1)),
        new("I.27.6", "1/(1+a*b)", "2,1,1", 1.94e-4, ("a", 0, 2), ("b", 0, 2)),
        new("I.29.16", "sqrt(1+a^2-2*a*cos(t-u))", "3,2,3,1", 3.20e-3, ("a", 1.2, 3), ("t", -Math.PI, Math.PI), ("u", -Math.PI, Math.PI)),
        new("I.30.3", "sin(n*t/2)^2/sin(t/2)^2", "2,3,2,3,1,1", 1.03e-3, ("n", 0, 4), ("t", 0.4, 2.7)),
        new("I.30.5", "asin(a/n)", "2,1,1", 3.49e-5, ("a", -1, 1), ("n", 1.1, 3)),
        new("I.37.4", "1+a+2*sqrt(a)*cos(d)", "2,2,1", 4.91e-6, ("a", 0.1, 2), ("d", -Math.PI, Math.PI)),
        new("I.40.1", "n*exp(-a)", "2,2,1,1,1,2,1", 3.12e-4, ("n", 0, 2), ("a", -1, 1)),
        new("I.44.4", "n*log(a)", "2,2,1", 2.30e-5, ("n", -1, 1), ("a", 0.5, 3)),
        new("I.50.26", "cos(a)+b*cos(a)^2", "2,3,2,1", 1.52e-4, ("a", -Math.PI, Math.PI), ("b", -1, 1)),
        new("II.2.42", "(a-1)*b", "2,2,2,1", 7.22e-4, ("a", -1, 1), ("b", -1, 1)),
        new("II.6.15a", "c*sqrt(a^2+b^2)/(4*pi)", "3,2,1,1", 1.35e-3, ("a", 0.2, 1), ("b", 0.2, 1), ("c", -1, 1)),
        new("II.11.7", "n*(1+a*cos(t))", "3,3,1,1", 5.03e-3, ("n", -1, 1), ("a", -1, 1), ("t", -Math.PI, Math.PI)),
        new("II.11.27", "n*a/(1-n*a/3)", "2,2,1", 1.43e-5, ("n", 0, 1), ("a", 0, 2)),
        new("II.35.18", "n/(exp(a)+exp(-a))", "2,1,1,1", 7.71e-5, ("n", -1, 1), ("a", -1, 1)),
        new("II.36.38", "a+b*c", "3,2,1", 1.15e-3, ("a", -1, 1), ("b", -1, 1), ("c", -1, 1)),
        new("II.38.3", "a/b", "2,1,1", 8.78e-5, ("a", -1, 1), ("b", 0.5, 2)),
        new("III.9.52", "a*sin((b-c)/2)^2/((b-c)/2)^2", "3,3,2,1,1,1", 3.90e-3, ("a", -1, 1), ("b", -3, 3), ("c", -3, 3)),
        new("III.10.19", "sqrt(1+a^2+b^2)", "2,1,2,1", 8.16e-4, ("a", -1, 1), ("b", -1, 1)),
        new("III.17.37", "b*(1+a*cos(t))", "3,3,1", 4.12e-4, ("b", -1, 1), ("a", -1, 1), ("t", -Math.PI, Math.PI)),
    ];
}
