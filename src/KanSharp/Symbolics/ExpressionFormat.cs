namespace KanSharp.Symbolics;

/// <summary>How an expression is written.</summary>
public enum ExpressionFormat
{
    /// <summary>Infix text that <see cref="Expression.Parse"/> reads back: <c>exp(sin(pi*x) + y^2)</c>.</summary>
    Text,

    /// <summary>C# with <c>Math.</c> functions.</summary>
    CSharp,

    /// <summary>C with the functions of math.h.</summary>
    C,

    /// <summary>Python that SymPy reads with <c>sympify</c> or after <c>from sympy import *</c>.</summary>
    Python,
}
