namespace EdgeRnn.Converter.Boards;

/// <summary>What a program needs of one resource of a board, an estimate, against what there is.</summary>
/// <param name="Name">RAM, flash or time.</param>
/// <param name="Needed">In the unit of the resource: bytes, or seconds.</param>
/// <param name="Budget">What there is, in the same unit.</param>
public sealed record ResourceUse(string Name, double Needed, double Budget)
{
    /// <summary>The share of a budget above which an estimate is tight: what the estimates leave out must have room.</summary>
    public const double TightShare = 0.7;

    /// <summary>The share of the budget that is needed.</summary>
    public double Share => Needed / Budget;

    /// <summary>Whether it fits.</summary>
    public Fit Fit => Needed > Budget ? Fit.DoesNotFit : Needed > TightShare * Budget ? Fit.Tight : Fit.Fits;
}
