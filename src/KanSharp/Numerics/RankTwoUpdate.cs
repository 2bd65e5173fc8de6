namespace KanSharp.Numerics;

/// <summary>The change M ← scale·M + ss·s·sᵀ + sw·(s·wᵀ + w·sᵀ) + ww·w·wᵀ of a symmetric matrix.</summary>
/// <param name="Scale">Factor of the matrix.</param>
/// <param name="FirstFirst">ss.</param>
/// <param name="FirstSecond">sw.</param>
/// <param name="SecondSecond">ww.</param>
internal readonly record struct RankTwoUpdate(double Scale, double FirstFirst, double FirstSecond, double SecondSecond)
{
    public bool IsFinite => double.IsFinite(Scale) && double.IsFinite(FirstFirst) && double.IsFinite(FirstSecond) && double.IsFinite(SecondSecond);
}
