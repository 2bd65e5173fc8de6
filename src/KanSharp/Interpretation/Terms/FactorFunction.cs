namespace KanSharp.Interpretation.Terms;

/// <summary>The functions of a <see cref="Factor"/>.</summary>
internal enum FactorFunction
{
    Identity,
    Sin,
    Cos,
    Exp,
    Log,
    Tanh,
    ExpMinusOne,
    ExpPlusOne,
    ArcSin,
    ArcTan,
    BesselJ0,
}
