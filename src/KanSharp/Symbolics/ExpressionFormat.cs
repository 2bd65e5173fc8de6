namespace KanSharp.Symbolics;

/// <summary>How an expression is written.</summary>
public enum ExpressionFormat
{
    /// <summary>Infix text that <see cref="Expression.Parse"/> reads back: <c>exp(sin(pi*x) + y^2)</c>.</summary>
    Text,

    /// <summary>LaTeX for a formula environment.</summary>
    Latex,

    /// <summary>Presentation MathML, one <c>math</c> element.</summary>
    MathML,

    /// <summary>C# with <c>Math.</c> functions; erf and the Bessel functions are those of <c>MathNet.Numerics.SpecialFunctions</c>.</summary>
    CSharp,

    /// <summary>C with the functions of math.h, among them <c>j0</c> and <c>j1</c> of POSIX.</summary>
    C,

    /// <summary>Python that SymPy reads with <c>sympify</c> or after <c>from sympy import *</c>.</summary>
    Python,
}
