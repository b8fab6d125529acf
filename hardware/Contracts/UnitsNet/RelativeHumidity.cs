namespace UnitsNet;

public readonly struct RelativeHumidity
{
    public double Percent => throw Contract.Body;
}
