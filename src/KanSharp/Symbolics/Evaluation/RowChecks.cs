namespace KanSharp.Symbolics.Evaluation;

/// <summary>Checks of tables given as spans.</summary>
internal static class RowChecks
{
    public static void Length(int numbers, int rows, int variables)
    {
        if (numbers != (long)rows * variables)
        {
            throw new ArgumentException(
                $"The rows hold {numbers} numbers, but {rows} results of {variables} variables need {(long)rows * variables}: row after row, "
                + "one number per variable.");
        }
    }
}
