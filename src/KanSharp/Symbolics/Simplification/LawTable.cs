namespace KanSharp.Symbolics.Simplification;

/// <summary>
/// The laws, in the order in which they are tried. Each keeps the value wherever the expression has one; some give a value at further points
/// (x/x at 0, e^(ln x) below 0). None is taken if its result is more complex.
/// </summary>
internal static class LawTable
{
    public static IReadOnlyList<SimplificationLaw> All { get; } =
    [
        new(1, "compounds of numbers with a decimal among them are one number", "sqrt(0.25)*x", "0.5*x", ConstantLaws.Fold),
        new(2, "exact values: 0, 1 and multiples of pi/2 as arguments, roots of squares", "sin(pi) + cos(0)*x", "x", ConstantLaws.ExactValue),
        new(3, "like terms are collected, a - (b + c) = a - b - c, terms are ordered", "2*x + y - (x - y)", "x + 2*y", SumLaws.Collect),
        new(4, "a common factor is taken out", "a*x + a*y", "a*(x + y)", SumLaws.TakeOut),
        new(5, "c*sin(u)^2 + c*cos(u)^2 = c, c - c*sin(u)^2 = c*cos(u)^2, c*cosh(u)^2 - c*sinh(u)^2 = c", "sin(x)^2 + cos(x)^2 + y", "y + 1", SumLaws.Pythagoras),
        new(6, "log(u) + log(v) = log(u*v), log(u) - log(v) = log(u/v)", "log(x) - log(y)", "log(x/y)", SumLaws.JoinLogarithms),
        new(7, "exp(u) + exp(-u) = 2*cosh(u), exp(u) - exp(-u) = 2*sinh(u)", "exp(x)/2 + exp(-x)/2", "cosh(x)", SumLaws.Hyperbolic),
        new(8, "powers of one base are one power, exp(u)*exp(v) = exp(u + v), (u*v)^n = u^n*v^n and back where all exponents are equal", "x^3*y^2/x",
            "(x*y)^2", ProductLaws.Collect),
        new(9, "sin(u)/cos(u) = tan(u), sinh(u)/cosh(u) = tanh(u)", "sin(x)/cos(x)", "tan(x)", ProductLaws.Tangent),
        new(10, "(u^a)^b = u^(a*b), with |u| for even a and fractional b", "sqrt(x^2)", "abs(x)", PowerLaws.PowerOfPower),
        new(11, "a positive number leaves a root: sqrt(c*u) = sqrt(c)*sqrt(u)", "3*sqrt(4*x)", "6*sqrt(x)", PowerLaws.NumberOutOfRoot),
        new(12, "e^u = exp(u), exp(c*log(u)) = u^c, exp(u)^v = exp(u*v)", "exp(2*log(x))", "x^2", PowerLaws.Exponential),
        new(13, "log(exp(u)) = u, log(u^n) = n*log(u) unless n is even", "log(exp(x))", "x", FunctionLaws.Logarithm),
        new(14, "odd functions f(-u) = -f(u), even functions f(-u) = f(u)", "cos(-x)", "cos(x)", FunctionLaws.Parity),
        new(15, "sin, cos and tan shifted by multiples of pi/2", "sin(x + pi/2)", "cos(x)", FunctionLaws.Shift),
        new(16, "a function of its inverse", "tan(arctan(x))", "x", FunctionLaws.Inverse),
        new(17, "1/(1 + exp(-u)) = sigmoid(u)", "3/(1 + exp(-x))", "3*sigmoid(x)", ProductLaws.Logistic),
        new(18, "|u| = u where u is not negative, |c*u| = |c|*|u|, |u|^n = u^n for even n", "abs(2*exp(x))", "2*exp(x)", FunctionLaws.Absolute),
        new(19, "exp(u + c) = exp(c)*exp(u) for a decimal c", "2.5*exp(x + 0.25)", "3.2100635417193535*exp(x)", ProductLaws.NumberOutOfExponential),
    ];
}
